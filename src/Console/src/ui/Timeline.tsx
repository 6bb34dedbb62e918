import type { JSX } from 'preact';
import type { Behaviour } from '../api/types';
import { dateTime } from '../format';
import { address, Link } from '../routing';
import { Badge } from './parts';

/** Behaviours on a line of time, newest first. */
export function Timeline({ behaviours }: { behaviours: Behaviour[] }): JSX.Element {
  return (
    <ol class="timeline">
      {behaviours.map(b => (
        <li key={b.eventId} class={b.type === 'impression' ? '' : 'positive'}>
          <time dateTime={b.timestamp} class="muted">{dateTime(b.timestamp)}</time>
          <span><Badge tone={b.type === 'impression' ? undefined : 'accent'}>{b.type}</Badge></span>
          <Link to={address(['items', b.itemId])}>{b.itemId}</Link>
        </li>
      ))}
    </ol>
  );
}
