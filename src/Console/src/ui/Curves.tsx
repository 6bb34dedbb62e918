import type { JSX } from 'preact';
import type { TrainingPoint } from '../api/types';
import { fixed } from '../format';
import { Chart } from './Chart';

/** The curves of a training: loss, and how well it orders, epoch by epoch. */
export function Curves({ points }: { points: TrainingPoint[] }): JSX.Element {
  if (points.length === 0) return <p class="muted">No epoch has ended yet.</p>;
  const x = points.map(p => p.epoch);
  const of = (pick: (p: TrainingPoint) => number | undefined) => points.map(p => pick(p) ?? null);
  const last = points.at(-1)!;
  const digits = (v: number) => v.toFixed(4);
  return (
    <div class="columns">
      <Chart label={`Loss of training and log loss on the validation rankings over ${points.length} epochs; the last are ${fixed(last.loss, 4)} and ${fixed(last.logLoss, 4)}.`} free whole
        x={x} format={digits} lines={[{ label: 'Loss of training', values: of(p => p.loss), colour: 'accent' }, { label: 'Log loss, validation', values: of(p => p.logLoss), colour: 'second' }]} />
      <Chart label={`AUC and GAUC on the validation rankings over ${points.length} epochs; the last are ${fixed(last.auc, 4)} and ${fixed(last.gauc, 4)}.`} free whole
        x={x} format={digits} lines={[{ label: 'AUC', values: of(p => p.auc), colour: 'accent' }, { label: 'GAUC', values: of(p => p.gauc), colour: 'second' }]} />
    </div>
  );
}
