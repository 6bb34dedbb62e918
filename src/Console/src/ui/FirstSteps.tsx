import type { JSX } from 'preact';
import { curl } from '../api/snippets';
import type { EventBody, ItemsBody, Schema } from '../api/types';
import { address, Link } from '../routing';
import { Card, Code } from './parts';

/** What to do where nothing can be ranked yet, in the order in which it is done. */
export function FirstSteps({ schema }: { schema: Schema | undefined }): JSX.Element {
  const features = Object.fromEntries((schema?.itemFeatures ?? []).map(f => [f.name, f.numeric ? 9.9 : `a ${f.name}`]));
  const type = schema?.eventTypes.find(t => t !== 'impression') ?? 'click';
  const items: ItemsBody = { items: [{ itemId: 'item-1', features }, { itemId: 'item-2', features }] };
  const events: EventBody = { events: [{ eventId: 'event-1', userId: 'user-1', itemId: 'item-1', type, timestamp: new Date().toISOString() }] };
  return (
    <Card title="There is nothing to rank yet" note="The catalogue has no items. Three steps lead to a first ranking, and each of them can be repeated.">
      <ol class="steps">
        <li><p><strong>Put your items into the catalogue.</strong> They are live within a second.</p><Code label="Add two items with curl" text={curl('put', '/v1/items', { body: items })} /></li>
        <li><p><strong>Send what your users do.</strong> Their next ranking uses it.</p><Code label="Send an event with curl" text={curl('post', '/v1/events', { body: events })} /></li>
        <li><p><strong>Have a version trained.</strong> Until there is one, rankings are by popularity. A training starts by itself once there are enough events, or <Link to={address(['trainings'])}>when you start it</Link>.</p></li>
      </ol>
      <p>Do you have a log as a CSV file? The commands <code>import csv</code> and <code>train</code> of <code>src/Cli</code> make a dataset and a version of it,
        and Standalone serves both with <code>--dataset</code> and <code>--artifact</code>. The section “Your own data” of the README shows them.</p>
    </Card>
  );
}
