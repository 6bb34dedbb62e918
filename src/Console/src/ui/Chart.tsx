import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { dayAndMonth, time } from '../format';
import { colour, onThemeChange } from '../theme';

export interface Line {
  label: string;
  values: (number | null)[];
  /** The name of a colour of the style sheet. */
  colour: string;
  bars?: boolean;
  /** A line to compare with, without points. */
  dashed?: boolean;
}

interface ChartProps {
  /** What the chart shows, in words: it is read out instead of the picture. */
  label: string;
  /** The places of the points: seconds since 1970 where `time` is set, numbers otherwise. */
  x: number[];
  lines: Line[];
  time?: boolean;
  height?: number;
  format: (value: number) => string;
  /** The least top of the vertical axis. */
  top?: number;
  /** True where the vertical axis need not begin at 0. */
  free?: boolean;
  /** How a place that is not a time is written; as it is where it is left out. */
  place?: (value: number) => string;
  /** True where only whole numbers are places, such as epochs. */
  whole?: boolean;
  /** True where the values are counts. */
  counts?: boolean;
  /** The first and the last place that are shown; all points where it is left out. */
  span?: [number, number];
}

/** The distances between the marks of an axis of whole numbers: 1, 2 and 5 times each power of ten. */
const wholes = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map(n => n * 10 ** power)).flat();

/** Lines or bars over time or numbers. It is drawn again when the page gets wider or its colours change. */
export function Chart({ label, x, lines, time: isTime = false, height = 180, format, top = 0, free = false, place: placeName = String, whole = false, counts = false, span }: ChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const [theme, setTheme] = useState(0);
  const shape = JSON.stringify([lines.map(l => [l.label, l.colour, l.bars]), isTime, height, top, free, whole, counts, span, theme]);

  useEffect(() => onThemeChange(() => setTheme(t => t + 1)), []);
  useEffect(() => {
    const element = place.current!;
    const axis: uPlot.Axis = { stroke: colour('muted'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
    const options: uPlot.Options = {
      width: element.clientWidth || 300,
      height,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 24, 0, 0],
      scales: {
        x: span ? { time: isTime, range: span } : { time: isTime },
        y: { range: (_, low, high) => free ? uPlot.rangeNum(low ?? 0, high ?? 1, 0.1, true) : [0, Math.max(high ?? 0, top) * 1.1 || 1] },
      },
      axes: [
        { ...axis, grid: { show: false }, size: 30, values: (_, splits) => splits.map(isTime ? clock : placeName), ...(whole ? { incrs: wholes } : {}) },
        { ...axis, size: 56, values: (_, splits) => splits.map(format), ...(counts ? { incrs: wholes } : {}) }],
      series: [{}, ...lines.map(line => series(line))],
    };
    const made = new uPlot(options, [x, ...lines.map(l => l.values)], element);
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
    };
  }, [shape]);
  useEffect(() => plot.current?.setData([x, ...lines.map(l => l.values)]), [x, lines]);

  return (
    <figure class="chart">
      {lines.length > 1 && <figcaption class="legend">{lines.map(l => <span key={l.label}><i class={`swatch ${l.colour}`} />{l.label}</span>)}</figcaption>}
      <div ref={place} class="plot" role="img" aria-label={label} style={{ height: `${height}px` }} />
    </figure>
  );
}

/** The time of a place on a time axis; the day at midnight. */
function clock(seconds: number): string {
  const moment = new Date(seconds * 1000);
  return moment.getHours() === 0 && moment.getMinutes() === 0 ? dayAndMonth(moment.toISOString()) : time(moment.toISOString());
}

function series(line: Line): uPlot.Series {
  const stroke = colour(line.colour);
  return line.bars
    ? { label: line.label, stroke, fill: stroke, paths: uPlot.paths.bars!({ size: [0.7, 40] }), points: { show: false } }
    : {
        label: line.label, stroke, width: line.dashed ? 1 : 2, ...(line.dashed ? { dash: [6, 4] } : {}),
        points: { show: !line.dashed && line.values.length < 30, size: 6, fill: stroke }, spanGaps: true,
      };
}
