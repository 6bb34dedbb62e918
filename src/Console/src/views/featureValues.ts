import { get } from '../api/client';
import { useLoad } from '../api/load';

/** How many items are looked at for values to offer. */
const looked = 100;

/** Values that a feature has among popular items, or among the first ones before any is, to be offered while a person types. */
export function useFeatureValues(feature: string | undefined): string[] {
  const load = useLoad(async signal => {
    if (!feature) return [];
    const popular = await get('/v1/items', { query: { order: 'popular', limit: looked }, signal });
    const items = popular.items.length > 0 ? popular.items : (await get('/v1/items', { query: { limit: looked }, signal })).items;
    return [...new Set(items.map(i => i.features[feature]).filter(v => v !== undefined))].sort();
  }, [feature]);
  return load.value ?? [];
}
