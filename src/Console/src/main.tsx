import { render } from 'preact';
import { App } from './App';
import { applyTheme } from './theme';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/views.css';
import 'uplot/dist/uPlot.min.css';

applyTheme();
render(<App />, document.getElementById('app')!);
