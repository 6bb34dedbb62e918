import type { JSX } from 'preact';
import { useAction, useLoad, useSettled } from '../../api/load';
import { address, Link } from '../../routing';
import { Problem } from '../../ui/Problem';
import { Card } from '../../ui/parts';
import { orWithout } from '../orWithout';
import { findUsers, randomShopper } from './requests';

/** Chooses the user to rank for: by the beginning of an id, or any. */
export function ShopperPicker({ user, onChange }: { user: string; onChange: (user: string) => void }): JSX.Element {
  const sought = useSettled(user);
  const matches = useLoad(async signal => sought ? orWithout(findUsers(sought, signal), []) : [], [sought]);
  const { busy, error, run } = useAction();
  const pickRandom = () => run(async () => {
    const found = await randomShopper();
    if (found === undefined) throw new Error('There is no user yet. Type any id: a user who was never seen is ranked with an empty history.');
    onChange(found);
  });
  return (
    <Card title="1. A shopper" actions={user && <Link to={address(['users', user])}>Profile and history</Link>}>
      <div class="row">
        <label class="field"><span>User id</span>
          <input value={user} list="try-users" maxLength={200} autocomplete="off" spellcheck={false} onInput={e => onChange(e.currentTarget.value)} /></label>
        <datalist id="try-users">{matches.value?.map(id => <option key={id} value={id} />)}</datalist>
        <button type="button" disabled={busy} onClick={pickRandom}>A random shopper</button>
      </div>
      <Problem error={error} />
    </Card>
  );
}
