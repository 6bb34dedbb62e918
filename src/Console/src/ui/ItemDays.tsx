import type { JSX } from 'preact';
import { get } from '../api/client';
import { useLoad } from '../api/load';
import type { ItemDays as Answer } from '../api/types';
import { count, dayName, dayNumber } from '../format';
import { Chart, type Line } from './Chart';
import { Loaded } from './Loaded';
import { Card, Empty } from './parts';

/** The counts follow the events by some seconds. */
const every = 10_000;

/** The days that are asked for, and the fewest that are shown, so that a bar has the width of a day from the first one on. */
const most = 90;
const fewest = 14;

const colours = ['accent', 'second', 'good'];

/** How many events of each type an item had per day. */
export function ItemDays({ id, eventTypes }: { id: string; eventTypes: string[] }): JSX.Element {
  const load = useLoad(signal => get<Answer>(`/v1/items/${encodeURIComponent(id)}/days?days=${most}`, signal), [id], every);
  return (
    <Card title="Events over time" note="Per day in UTC. The newest events are there after some seconds.">
      <Loaded of={load} lines={6}>{({ days }) => days.length === 0
        ? <Empty title="No events yet.">Events on this item appear here once they are sent with <code>POST /v1/events</code>.</Empty>
        : <Days days={days} eventTypes={eventTypes} />}
      </Loaded>
    </Card>
  );
}

function Days({ days, eventTypes }: { days: Answer['days']; eventTypes: string[] }): JSX.Element {
  const totals = new Map<string, number>();
  days.forEach(d => Object.entries(d.events).forEach(([type, n]) => totals.set(type, (totals.get(type) ?? 0) + n)));
  const place = (type: string) => type === 'impression' ? eventTypes.length : eventTypes.indexOf(type);
  const types = [...totals.keys()].sort((a, b) => place(a) - place(b));

  // An item may have many times more impressions than clicks, which would be flat beside them.
  const drawn = types.filter(t => t !== 'impression' || types.length === 1).slice(0, colours.length);
  const last = dayNumber(days.at(-1)!.day);
  const today = Math.floor(Date.now() / 86_400_000);
  const end = today - last < most ? Math.max(today, last) : last;
  const start = Math.max(end - most + 1, Math.min(dayNumber(days[0]!.day), end - fewest + 1));
  const byDay = new Map(days.map(d => [dayNumber(d.day), d.events]));
  const x = Array.from({ length: end - start + 1 }, (_, i) => start + i);
  const lines: Line[] = drawn.map((type, i) => ({ label: type, colour: colours[i]!, bars: i === 0, values: x.map(day => byDay.get(day)?.[type] ?? 0) }));
  const text = types.map(t => `${count(totals.get(t))} ${t}`).join(', ');
  return (
    <>
      <p>{text} <span class="muted">from {dayName(x[0]!)} to {dayName(end)}</span></p>
      <Chart label={`Events per day from ${dayName(x[0]!)} to ${dayName(end)}: ${text}.`} x={x} lines={lines} height={200} whole place={dayName} top={4}
        span={[start - 0.6, end + 0.6]} format={v => count(v)} />
    </>
  );
}
