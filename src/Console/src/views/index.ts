import type { JSX } from 'preact';
import type { Place } from '../routing';
import { Experiments } from './Experiments';
import { Items } from './Items';
import { Models } from './Models';
import { Overview } from './Overview';
import { System } from './System';
import { Trainings } from './Trainings';
import { TryIt } from './TryIt';
import { Users } from './Users';

export interface ViewProps {
  place: Place;
}

/** The views in the order of the navigation. The name is the first part of the address. */
export const views: { name: string; title: string; View: (props: ViewProps) => JSX.Element }[] = [
  { name: '', title: 'Overview', View: Overview },
  { name: 'try', title: 'Try it', View: TryIt },
  { name: 'users', title: 'Users', View: Users },
  { name: 'items', title: 'Items', View: Items },
  { name: 'models', title: 'Models', View: Models },
  { name: 'trainings', title: 'Trainings', View: Trainings },
  { name: 'experiments', title: 'Experiments', View: Experiments },
  { name: 'system', title: 'System', View: System },
];
