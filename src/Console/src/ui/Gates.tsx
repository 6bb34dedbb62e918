import type { JSX } from 'preact';
import type { Gate } from '../api/types';
import { fixed, measureName } from '../format';
import { Badge, Table } from './parts';

/** What a version had to prove before it could serve. */
export function Gates({ gates }: { gates: Gate[] }): JSX.Element {
  return gates.length === 0 ? <p class="muted">No gate was measured.</p> : (
    <Table caption="Gates" head={['Gate', 'Result', ['Value', 'number'], ['Active version', 'number'], ['Limit', 'number'], 'Remark']}>
      {gates.map(g => (
        <tr key={g.name}>
          <th scope="row">{measureName(g.name)}</th>
          <td><Badge tone={g.passed ? 'good' : 'bad'}>{g.passed ? 'passed' : 'not passed'}</Badge></td>
          <td class="number">{small(g.value)}</td>
          <td class="number">{fixed(g.champion, 4)}</td>
          <td class="number">{fixed(g.limit, 4)}</td>
          <td>{g.note}</td>
        </tr>
      ))}
    </Table>
  );
}

/** A number as it is elsewhere, or with its power of ten where it would be rounded to nothing. */
const small = (value: number | undefined): string => value !== undefined && value !== 0 && Math.abs(value) < 0.00005 ? value.toExponential(1) : fixed(value, 4);
