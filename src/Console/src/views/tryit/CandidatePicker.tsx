import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get } from '../../api/client';
import { useLoad, useSettled } from '../../api/load';
import type { Item, ItemsPage, Schema } from '../../api/types';
import { count } from '../../format';
import { Loaded } from '../../ui/Loaded';
import { Card, Choice, Empty, Tags } from '../../ui/parts';
import { useFeatureValues } from '../featureValues';

/** The most candidates of one ranking. */
const most = 1000;
const perSearch = 20;

type Way = 'popular' | 'feature' | 'search' | 'ids';

const ways = [['popular', 'Popular'], ['feature', 'By feature'], ['search', 'By id'], ['ids', 'Paste ids']] as const;

interface CandidatePickerProps {
  candidates: string[];
  schema: Schema | undefined;
  onChange: (candidates: string[]) => void;
  onSeen: (items: Item[]) => void;
}

/** Chooses the items to rank. */
export function CandidatePicker({ candidates, schema, onChange, onSeen }: CandidatePickerProps): JSX.Element {
  const [way, setWay] = useState<Way>('popular');
  const add = (ids: string[]) => onChange([...new Set([...candidates, ...ids])].slice(0, most));
  return (
    <Card title="2. Candidates" actions={candidates.length > 0 && <button type="button" class="small" onClick={() => onChange([])}>Remove all</button>}>
      {candidates.length === 0 ? <p class="muted">Choose the items to rank.</p> : (
        <ul class="chips" aria-label="Candidates">
          {candidates.map(id => (
            <li key={id}>{id}<button type="button" class="plain" aria-label={`Remove ${id}`} onClick={() => onChange(candidates.filter(c => c !== id))}>×</button></li>
          ))}
        </ul>
      )}
      <Choice label="How to find candidates" options={ways} value={way} onChange={setWay} />
      {way === 'ids' ? <PasteIds onAdd={add} /> : <Search key={way} way={way} schema={schema} candidates={candidates} onAdd={add} onSeen={onSeen} />}
    </Card>
  );
}

function PasteIds({ onAdd }: { onAdd: (ids: string[]) => void }): JSX.Element {
  const [text, setText] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    onAdd(text.split(/[\n,]/).map(id => id.trim()).filter(Boolean));
    setText('');
  };
  return (
    <form class="stack" onSubmit={submit}>
      <label class="field"><span>Item ids <small>one per line, or separated by commas</small></span>
        <textarea required spellcheck={false} value={text} onInput={e => setText(e.currentTarget.value)} /></label>
      <div class="actions"><button>Add</button></div>
    </form>
  );
}

interface SearchProps {
  way: 'popular' | 'feature' | 'search';
  schema: Schema | undefined;
  candidates: string[];
  onAdd: (ids: string[]) => void;
  onSeen: (items: Item[]) => void;
}

function Search({ way, schema, candidates, onAdd, onSeen }: SearchProps): JSX.Element {
  const features = schema?.itemFeatures.filter(f => !f.numeric).map(f => f.name) ?? [];
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [prefix, setPrefix] = useState('');
  const feature = way === 'feature' ? name || features[0] : undefined;
  const values = useFeatureValues(feature);
  const sought = useSettled(value);
  const beginning = useSettled(prefix);
  const wanted = way === 'feature' && feature && sought ? { feature, value: sought } : {};
  const load = useLoad(async signal => {
    if (way === 'feature' && !sought) return null;
    const page = await get('/v1/items', { query: { ...wanted, prefix: way === 'search' ? beginning : '', order: way === 'popular' ? 'popular' : undefined, limit: perSearch }, signal });
    onSeen(page.items);
    return page;
  }, [way, feature, sought, beginning]);
  return (
    <>
      {way === 'feature' && (
        <div class="row">
          <label class="field"><span>Feature</span>
            <select value={feature} onChange={e => setName(e.currentTarget.value)}>{features.map(f => <option key={f}>{f}</option>)}</select></label>
          <label class="field"><span>Value</span><input value={value} list="try-values" spellcheck={false} autocomplete="off" onInput={e => setValue(e.currentTarget.value)} /></label>
          <datalist id="try-values">{values.map(v => <option key={v} value={v} />)}</datalist>
        </div>
      )}
      {way === 'search' && (
        <label class="field"><span>The beginning of an item id</span><input value={prefix} spellcheck={false} autocomplete="off" onInput={e => setPrefix(e.currentTarget.value)} /></label>
      )}
      <Loaded of={load} lines={6}>{page => page === null ? <p class="muted">Type a value of the feature.</p> : <Found page={page} candidates={candidates} onAdd={onAdd} />}</Loaded>
    </>
  );
}

function Found({ page, candidates, onAdd }: { page: ItemsPage; candidates: string[]; onAdd: (ids: string[]) => void }): JSX.Element {
  if (page.items.length === 0) {
    return <Empty title="No item was found.">Popular items are known once events have been sent. Items are put into the catalogue with <code>PUT /v1/items</code>.</Empty>;
  }
  const missing = page.items.filter(i => !candidates.includes(i.itemId));
  return (
    <>
      <ul class="found" tabIndex={0} aria-label="Found items">
        {page.items.map(item => (
          <li key={item.itemId}>
            <div class="who"><strong>{item.itemId}</strong><Tags features={item.features} /></div>
            <span class="actions">
              {item.events !== undefined && <span class="muted">{count(item.events)} events</span>}
              <button type="button" class="small" disabled={candidates.includes(item.itemId)} aria-label={`Add ${item.itemId}`} onClick={() => onAdd([item.itemId])}>Add</button>
            </span>
          </li>
        ))}
      </ul>
      <div class="actions"><button type="button" disabled={missing.length === 0} onClick={() => onAdd(missing.map(i => i.itemId))}>Add all {page.items.length}</button></div>
    </>
  );
}
