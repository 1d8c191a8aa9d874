import { useSearch } from '@tanstack/react-router';
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { useLive, useLiveView } from '../app/live.ts';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { browserClock } from '../live/browser.ts';
import { VisitList } from '../live/visit-list.ts';
import { t, withTexts } from '../messages/catalogue.ts';
import { late, NotLoaded, preloadLate } from '../ui/late.tsx';
import { PanelBack } from '../ui/panel-back.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { AskLayer, preloadAsk } from './chat/ask-layer.tsx';
import { preloadSuggestions } from './filter-bar.tsx';
import { ListFilter } from './list-filter.tsx';
import { ListTabs } from './list-tabs.tsx';
import { LiveMap } from './live-map.tsx';
import { VisitorMap } from './map-stage.tsx';
import { placeScope, scopeOf } from './place-param.ts';
import { preloadSavedFilters } from './saved-filters-button.tsx';
import type { SheetStop } from './sheet-stop.ts';
import { preloadTip, TipHost } from './tip-host.tsx';
import { rememberedWidth } from './sidebar-width.ts';
import { TipIntent } from './tip-intent.ts';
import { useChoice } from './use-choice.ts';
import { useCovered } from './use-covered.ts';
import { useFilterInAddress } from './use-filter-in-address.ts';
import { useFollow, useSelected } from './use-followed.ts';
import { useListPart, useNobodyListed } from './use-list.ts';
import { usePlaceName } from './use-place-name.ts';
import { useLiveStanding } from './use-standing.ts';
import { VisitListView } from './visit-list-view.tsx';

const VisitPanel = late(
  withTexts(['visit', 'blocks'], () => import('./visit-panel.tsx').then((module) => module.VisitPanel)),
  {
    waiting: () => <div className="visit-panel" aria-busy="true" />,
    failed: (again, { backWord, onClose }) => (
      <div className="visit-panel">
        <PanelBack word={backWord} onClick={onClose} testId="panel-back" />
        <NotLoaded onAgain={again} />
      </div>
    ),
  },
);
const PlaceHead = late(() => import('./place-head.tsx').then((module) => module.PlaceHead), {
  // As high as it will be; whoever wants to leave has the Esc key.
  waiting: () => <div className="place-head-wait" />,
  failed: (_, { onBack }) => <PanelBack word={t.visitors.panel.all} onClick={onBack} testId="place-back" />,
});
const ElsewhereView = late(
  withTexts(['visit', 'inbox'], () => import('./elsewhere/elsewhere-view.tsx').then((module) => module.ElsewhereView)),
  { waiting: () => <div className="visit-list-wrap" aria-busy="true" /> },
);
const ElsewherePanel = late(
  withTexts(['visit', 'inbox', 'profile'], () => import('./elsewhere/elsewhere-panel.tsx').then((module) => module.ElsewherePanel)),
  {
    waiting: () => <div className="visit-panel" aria-busy="true" />,
    failed: (again, { backWord, onClose }) => (
      <div className="visit-panel">
        <PanelBack word={backWord} onClick={onClose} testId="panel-back" />
        <NotLoaded onAgain={again} />
      </div>
    ),
  },
);
const FilteredReport = late(withTexts(['visit'], () => import('./filtered-report.tsx').then((module) => module.FilteredReport)));
const ListEmpty = late(() => import('./list-empty.tsx').then((module) => module.ListEmpty), { failed: () => null });
/** Only a phone has it. */
const SheetHandle = late(() => import('./sheet-handle.tsx').then((module) => module.SheetHandle), {
  waiting: () => <div className="sheet-handle" />,
  failed: () => <div className="sheet-handle" />,
});
/** Seen only under the pointer. The width it gave last is there before it. */
const ResizeHandle = late(() => import('./resize-handle.tsx').then((module) => module.ResizeHandle), { failed: () => null });
const FirstVisitor = late(withTexts(['start'], () => import('./empty-states.tsx').then((module) => module.FirstVisitor)));
/** What a click here may need: loaded once the list is there, so that a network lost later takes none of it away. */
const SOON = [
  VisitPanel.preload,
  PlaceHead.preload,
  preloadTip,
  preloadAsk,
  VisitorMap.preload,
  preloadSuggestions,
  preloadSavedFilters,
  FilteredReport.preload,
  ElsewhereView.preload,
  ElsewherePanel.preload,
  ListEmpty.preload,
  FirstVisitor.preload,
];

/** The list and the map of everybody here, in step; and one of them, when one is chosen. */
export function LiveVisitors() {
  const me = useMe();
  const { client } = useLive();
  const { site, visitor, conversation, list: which, place: placeText, replay } = useSearch({ from: '/app/visitors' });
  const choice = useChoice();
  const [filter, setFilter] = useFilterInAddress();
  const [list] = useState(() => new VisitList(client, browserClock));
  const [tip] = useState(() => new TipIntent(browserClock));
  const filtered = which === 'filtered';
  const isElsewhere = which === 'conversations';
  const place = useMemo(() => (which ? null : placeScope(placeText)), [which, placeText]);

  useEffect(() => {
    const query = { scope: scopeOf({ site, filtered, place }), filter };
    const shown = list.get().query;
    // Another site, list or place is a click and shows at once; only typing waits for its pause.
    list.show(query, { soon: shown === null || JSON.stringify(shown.scope) !== JSON.stringify(query.scope) });
  }, [list, site, filtered, place, filter]);
  useEffect(() => () => list.dispose(), [list]);
  useEffect(() => tip.close(), [tip, visitor, place, which]);

  const isListThere = useListPart(list, (state) => state.query !== null && !state.pending);
  useEffect(() => (isListThere ? preloadLate(SOON) : undefined), [isListThere]);

  const query = useListPart(list, (state) => state.query);
  const store = useListPart(list, (state) => state.store);
  const placeName = usePlaceName(place, list);
  const everybody = useLiveView(`all ${site ?? ''}`, { scope: site ? { site } : {}, filter: '', streams: ['totals', 'cities'] });
  const shownFilter = which ? '' : (query?.filter ?? '');
  const isPlaceShown = query !== null && (['city', 'region', 'country'] as const).some((kind) => query.scope[kind] !== undefined);
  // Of whom the filter of a place's list finds some, and what suggestions count.
  const here = useLiveView(
    `here ${site ?? ''} ${placeText ?? ''}`,
    place && { scope: scopeOf({ site, filtered: false, place }), filter: '', streams: ['totals', 'cities'] },
  );
  // A place's list is a part of what the filter finds; the map shows all of it.
  const apart = useLiveView(
    `filter ${site ?? ''} ${isPlaceShown ? shownFilter : ''}`,
    isPlaceShown && shownFilter !== '' ? { scope: site ? { site } : {}, filter: shownFilter, streams: ['totals', 'cities'] } : null,
  );

  const live = useFollow(visitor ?? null, true);
  const followed = useSelected(live);
  const selected = followed?.visitor === visitor ? followed : null;
  const standing = useLiveStanding(query, selected);

  const page = useRef<HTMLDivElement>(null);
  const [width] = useState(rememberedWidth);
  const isPhone = usePhone();
  const [stop, setStop] = useState<SheetStop>('half');
  const inset = useCovered(page, isPhone, stop);
  // What was asked for is to be seen: a small sheet opens.
  useEffect(() => {
    if (visitor !== undefined || conversation !== undefined || place !== null) setStop((now) => (now === 'peek' ? 'half' : now));
  }, [visitor, conversation, place]);

  // The list of now lies under the one of then, as it was.
  const [isPast, setPast] = useState(false);
  const [beside, setBeside] = useState<HTMLElement | null>(null);
  const isReplayed = replay !== undefined && !filtered;
  const stopBefore = useRef(stop);
  useEffect(() => {
    if (!isReplayed) stopBefore.current = stop;
  }, [isReplayed, stop]);
  useEffect(() => {
    if (!isReplayed) return;
    setStop('peek');
    return () => setStop(stopBefore.current);
  }, [isReplayed]);

  const isNobodyListed = useNobodyListed(everybody);
  const isListEmpty = useListPart(list, (state) => state.rows.total === 0);
  const neverSeen = me.sites.every((one) => one.seenAt === null);
  const isWaiting = neverSeen && isNobodyListed && isListEmpty && !which && filter === '' && !place;
  // A phone shows what to do, not the place where the list will be.
  useEffect(() => {
    if (isWaiting) setStop('peek');
    return () => {
      if (isWaiting) setStop('half');
    };
  }, [isWaiting]);
  const emptyKind = isWaiting ? 'waiting' : filtered ? 'left-out' : filter !== '' ? 'filter' : place ? 'place' : 'nobody';
  return (
    <div
      className="visitors"
      ref={page}
      data-sheet={stop}
      style={width === null ? undefined : ({ '--sidebar-width': `${width}px` } as CSSProperties)}
    >
      <h1 className="visually-hidden">{t.shell.visitors}</h1>
      <section className="sidebar" aria-label={t.visitors.listLabel}>
        {isPhone && <SheetHandle stop={stop} onStop={setStop} />}
        <div className="sidebar-list" inert={isPast || visitor !== undefined || (isElsewhere && conversation !== undefined)}>
          {place ? (
            <PlaceHead place={place} name={placeName} list={list} filterOn={filter !== ''} onBack={() => choice.place(null)} />
          ) : (
            <ListTabs site={site} list={which} everybody={everybody} onChoose={choice.list} />
          )}
          {!isWaiting && !isElsewhere && (
            <ListFilter
              list={list}
              everybody={place ? here : everybody}
              sites={me.sites}
              filter={filter}
              isOfAll={!filtered}
              onFilter={setFilter}
              onDown={() => document.getElementById('visit-list')?.focus()}
            />
          )}
          {isElsewhere ? (
            <ElsewhereView
              site={site}
              sites={me.sites}
              chosen={conversation ?? null}
              covered={visitor !== undefined || conversation !== undefined}
              onSelect={choice.conversation}
            />
          ) : (
            <VisitListView
              list={list}
              label={filtered ? t.visitors.visitsLeftOut : place ? t.visitors.visitsInPlace : t.visitors.visits}
              sites={me.sites}
              selected={visitor ?? null}
              standing={standing}
              covered={visitor !== undefined}
              tip={tip}
              onSelect={choice.inList}
              showReason={filtered}
              empty={<ListEmpty kind={emptyKind} onClear={() => setFilter('')} />}
            />
          )}
        </div>
        <div className="sidebar-panel" inert={isPast}>
          {isElsewhere && conversation !== undefined && visitor === undefined && (
            <ElsewherePanel
              key={conversation}
              id={conversation}
              backWord={t.visitors.tabs.conversations}
              takesFocus={choice.cameFromList}
              onClose={choice.close}
            />
          )}
          {visitor !== undefined && (
            <VisitPanel
              id={visitor}
              live={live}
              standing={standing}
              sites={me.sites}
              backWord={place ? (placeName?.text ?? t.visitors.panel.back) : filtered ? t.visitors.tabs.leftOut : t.visitors.panel.all}
              takesFocus={choice.cameFromList}
              onClose={choice.close}
              onSelect={choice.inList}
            />
          )}
        </div>
        {isReplayed && <div className="sidebar-past" ref={setBeside} />}
        {!isPhone && <ResizeHandle />}
      </section>
      {filtered ? (
        <div className="stage stage-report">
          <FilteredReport site={site} sites={me.sites} />
        </div>
      ) : (
        <LiveMap
          everybody={everybody}
          found={shownFilter === '' ? null : isPlaceShown ? apart : store}
          site={site}
          filter={shownFilter}
          selected={selected}
          place={place}
          beside={beside}
          onTime={setPast}
          onPick={choice.onMap}
          onPlace={choice.place}
          onUnknown={() => choice.place({ city: '' })}
          onBackground={choice.close}
          {...(inset ? { inset } : {})}
        >
          {isWaiting && (
            <FirstVisitor
              site={me.sites.find((one) => one.id === site) ?? me.sites[0]}
              scope={site}
              mayInstall={mayChangeSettings(me)}
              admins={me.admins}
            />
          )}
        </LiveMap>
      )}
      {!isPhone && <TipHost intent={tip} list={list} onChoose={choice.inList} />}
      <AskLayer isListThere={isListThere} onChoose={choice.inList} />
    </div>
  );
}
