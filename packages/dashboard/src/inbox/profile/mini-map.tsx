import type { Conversation, ConversationProfile } from '@foyer/protocol';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLive } from '../../app/live.ts';
import basemapUrl from '../../map/basemap/basemap.json?url';
import type { PackedBasemap } from '../../map/basemap/unpack.ts';
import { t } from '../../messages/catalogue.ts';
import { placeName } from '../../words/names.ts';
import { landOf, lakesOf, pathOf, type View } from './mini-map-shapes.ts';

/** The same file as the map's, so a browser that has seen the map has it. */
const shapesQuery = queryOptions({
  queryKey: ['basemap'],
  queryFn: async (): Promise<PackedBasemap> => {
    const answer = await fetch(basemapUrl);
    if (!answer.ok) throw new Error(`the map's data did not come: ${answer.status}`);
    return (await answer.json()) as PackedBasemap;
  },
  gcTime: 10 * 60_000,
});
const SIZE = { widthPx: 288, heightPx: 112, pxPerDegree: 18 };

/** The surroundings of a place, with the pin in the colour of the conversation. Nothing where the place is not known to the map. */
export function MiniMap({
  place,
  status,
  profile,
}: {
  /** Place id. */
  readonly place: string;
  readonly status: Conversation['status'];
  readonly profile: ConversationProfile;
}) {
  const { places } = useLive();
  useEffect(() => places.need(0), [places]);
  useSyncExternalStore(places.subscribe, () => places.size);
  const found = places.find(place);
  const { data: shapes } = useQuery({ ...shapesQuery, enabled: found !== undefined });
  const [lon, lat] = [found?.lon ?? 0, found?.lat ?? 0];
  const paths = useMemo(() => {
    if (!shapes) return null;
    const view: View = { ...SIZE, lon, lat };
    return {
      land: pathOf(landOf(shapes), view, true),
      lakes: pathOf(lakesOf(shapes), view, true),
      borders: pathOf(shapes.borders, view, false),
    };
  }, [shapes, lon, lat]);
  if (!found || !paths) return null;
  const [x, y] = [SIZE.widthPx / 2, SIZE.heightPx / 2];
  return (
    <figure className="mini-map" data-testid="mini-map">
      <svg
        viewBox={`0 0 ${SIZE.widthPx} ${SIZE.heightPx}`}
        preserveAspectRatio="xMidYMid slice"
        role="img"
        aria-label={t.profile.mapOf(placeName(profile))}
      >
        <path className="map-land" d={paths.land} fillRule="evenodd" />
        <path className="map-lakes" d={paths.lakes} fillRule="evenodd" />
        <path className="map-border" d={paths.borders} />
        <g data-status={status === 'invited' ? 'chatting' : status}>
          <circle className="map-ripple" cx={x} cy={y} r="11" />
          <circle className="map-pin" cx={x} cy={y} r="5.5" />
        </g>
      </svg>
    </figure>
  );
}
