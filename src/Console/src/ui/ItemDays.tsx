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
const most = 366;
const fewest = 14;

/** More bars than these would be too thin: longer times are shown by weeks. */
const mostBars = 100;
const week = 7;

const colours = ['accent', 'second', 'good'];

/** How many events of each type an item had per day. */
export function ItemDays({ id, eventTypes }: { id: string; eventTypes: string[] }): JSX.Element {
  const load = useLoad(signal => get('/v1/items/{itemId}/days', { path: { itemId: id }, query: { days: most }, signal }), [id], every);
  return (
    <Card title="Events over time" note="By days of UTC. The newest events are there after some seconds.">
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
  const start = Math.min(dayNumber(days[0]!.day), end - fewest + 1);
  const width = end - start + 1 > mostBars ? week : 1;
  const bars = Math.ceil((end - start + 1) / width);
  const x = Array.from({ length: bars }, (_, i) => end - (bars - 1 - i) * width - Math.floor(width / 2));
  const lines: Line[] = drawn.map((type, i) => {
    const values = new Array<number>(bars).fill(0);
    days.forEach(d => { values[bars - 1 - Math.floor((end - dayNumber(d.day)) / width)]! += d.events[type] ?? 0; });
    return { label: type, colour: colours[i]!, bars: i === 0, values: i === 0 ? values.map(v => v || null) : values };
  });
  const text = types.map(t => `${count(totals.get(t))} ${t}`).join(', ');
  const span = `from ${dayName(start)} to ${dayName(end)}`;
  return (
    <>
      <p>{text} <span class="muted">{span}, a bar per {width === week ? 'week' : 'day'}</span></p>
      <Chart label={`Events per ${width === week ? 'week' : 'day'} ${span}: ${text}.`} x={x} lines={lines} height={200} whole counts place={dayName} top={4}
        span={[x[0]! - width * 0.6, x.at(-1)! + width * 0.6]} format={count} />
    </>
  );
}
