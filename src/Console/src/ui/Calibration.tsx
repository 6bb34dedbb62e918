import type { JSX } from 'preact';
import type { TaskCalibration } from '../api/types';
import { count, percent } from '../format';
import { Chart } from './Chart';
import { Empty, Table } from './parts';

interface CalibrationProps {
  tasks: TaskCalibration[] | undefined;
  scoresAreProbabilities: boolean;
}

/** How often something happened where a version expected it with some probability. */
export function Calibration({ tasks, scoresAreProbabilities }: CalibrationProps): JSX.Element {
  if (!tasks) {
    return (
      <Empty title="There is no plot of this version.">
        {scoresAreProbabilities
          ? 'Its training did not measure it: the version is older than this measure, or it had no validation rankings. Versions that are trained from now on have one.'
          : 'Its scores order items and are not probabilities, because its data do not say what was shown. Log rankings or impressions, and the versions after that have one.'}
      </Empty>
    );
  }
  return <div class="stack">{tasks.map(t => <Task key={t.task} calibration={t} />)}</div>;
}

function Task({ calibration: { task, bins } }: { calibration: TaskCalibration }): JSX.Element {
  const x = bins.map(b => b.predicted);
  const worst = bins.reduce((a, b) => Math.abs(b.observed - b.predicted) > Math.abs(a.observed - a.predicted) ? b : a);
  const digits = Math.max(...x) < 0.02 ? 2 : Math.max(...x) < 0.2 ? 1 : 0;
  const label = `Of ${bins.length} groups of ${task}, the one that is farthest off was predicted ${percent(worst.predicted)} and came to ${percent(worst.observed)}.`;
  return (
    <div class="columns">
      <Chart label={label} x={x} height={360} format={v => percent(v, digits)} place={v => percent(v, digits)} span={[0, Math.max(...x) * 1.05 || 1]}
        lines={[{ label: `Share that had a ${task}`, values: bins.map(b => b.observed), colour: 'accent' }, { label: 'As predicted', values: x, colour: 'muted', dashed: true }]} />
      <Table caption={`Calibration of ${task}`} head={[['Predicted', 'number'], ['Came to', 'number'], ['Shown items', 'number']]}>
        {bins.map((b, i) => <tr key={i}><td class="number">{percent(b.predicted, 2)}</td><td class="number">{percent(b.observed, 2)}</td><td class="number">{count(b.samples)}</td></tr>)}
      </Table>
    </div>
  );
}
