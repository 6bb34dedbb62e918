import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Ranking } from '../api/types';
import { dateTime } from '../format';

/** The most recent behaviours that are shown at once: more columns would be too narrow to tell apart. */
const shown = 25;

/** How much each candidate attends to each past behaviour: candidates down, behaviours across, the newest last. */
export function HeatMap({ ranking, name }: { ranking: Ranking; name: (itemId: string) => string }): JSX.Element | null {
  const [all, setAll] = useState(false);
  const rows = ranking.items.filter(i => i.attention && i.attention.length > 0);
  const first = rows[0]?.attention;
  if (!first) return null;
  const from = all ? 0 : Math.max(0, first.length - shown);
  const strongest = Math.max(...rows.flatMap(r => r.attention!.map(a => Math.abs(a.weight))), Number.MIN_VALUE);
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label="Attention of each candidate to each behaviour">
        <table class="heat">
          <caption class="hidden">Weight of each behaviour of the history for each candidate; the newest behaviour is in the last column.</caption>
          <thead>
            <tr>
              <th scope="col">Candidate</th>
              {first.slice(from).map((b, i) => (
                <th key={i} scope="col" title={`${name(b.itemId)}, ${dateTime(b.timestamp)}`}><span>{b.itemId}</span></th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.itemId}>
                <th scope="row">{row.itemId}</th>
                {row.attention!.slice(from).map((b, i) => {
                  const share = b.weight / strongest;
                  return (
                    <td key={i} class={share < 0 ? 'less' : ''} style={{ '--weight': Math.sqrt(Math.abs(share)).toFixed(3) }}
                      title={`${row.itemId} attends to ${name(b.itemId)} (${dateTime(b.timestamp)}) with ${b.weight.toFixed(4)}`}>
                      <span class="hidden">{b.weight.toFixed(4)}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="heat-scale muted"><span>0</span><span class="ramp" aria-hidden="true" /><span>{strongest.toFixed(4)}</span> <span>The shades follow the square root of the weight.</span>
        {first.length > shown && <button type="button" class="small" onClick={() => setAll(!all)}>{all ? `Show the latest ${shown}` : `Show all ${first.length} behaviours`}</button>}
      </p>
    </>
  );
}
