import type { JSX } from 'preact';
import type { Features, RankedItem, Ranking } from '../../api/types';
import { percent } from '../../format';
import { address, Link } from '../../routing';
import { Badge, Bar, Tags } from '../../ui/parts';

interface RankedListProps {
  ranking: Ranking;
  /** The places of the items in the ranking before; empty where there was none. */
  before: Map<string, number>;
  features: Map<string, Features>;
  eventType: string;
  busy: boolean;
  onEvent: (itemId: string) => void;
}

/** The ranked items, best first, with how far each has moved since the ranking before. */
export function RankedList({ ranking, before, features, eventType, busy, onEvent }: RankedListProps): JSX.Element {
  const best = Math.max(...ranking.items.map(i => i.score), Number.MIN_VALUE);
  return (
    <ol class="ranked">
      {ranking.items.map((item, place) => (
        <li key={item.itemId}>
          <div class="place">{place + 1}<Moved from={before.get(item.itemId)} to={place} /></div>
          <div class="who">
            <Link to={address(['items', item.itemId])}>{item.itemId}</Link>
            {item.unknownItem ? <span><Badge tone="warn">not in the catalogue</Badge></span> : <Tags features={features.get(item.itemId)} />}
          </div>
          <Scores item={item} best={best} isProbability={ranking.model?.scoresAreProbabilities === true} />
          <button type="button" disabled={busy} aria-label={`Send ${eventType} on ${item.itemId}`} onClick={() => onEvent(item.itemId)}>{eventType}</button>
        </li>
      ))}
    </ol>
  );
}

function Moved({ from, to }: { from: number | undefined; to: number }): JSX.Element {
  if (from === undefined || from === to) return <small />;
  const by = Math.abs(from - to);
  return from > to
    ? <small class="good"><span aria-hidden="true">▲{by}</span><span class="hidden">up {by}</span></small>
    : <small class="bad"><span aria-hidden="true">▼{by}</span><span class="hidden">down {by}</span></small>;
}

function Scores({ item, best, isProbability }: { item: RankedItem; best: number; isProbability: boolean }): JSX.Element {
  const show = (score: number) => isProbability ? percent(score) : score.toFixed(4);
  const tasks = Object.entries(item.scores).filter(([, score]) => score !== item.score || Object.keys(item.scores).length > 1);
  return (
    <div class="scores">
      <span><span class="muted">score</span><strong>{show(item.score)}</strong></span>
      <Bar share={item.score / best} />
      {tasks.map(([task, score]) => <span key={task}><span class="muted">{task}</span>{show(score)}</span>)}
    </div>
  );
}
