import type { Site } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '../app/live.ts';
import { t } from '../messages/catalogue.ts';
import { day, timeOfDay } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { placeName } from '../words/names.ts';
import { EarlierConversations } from './chat/earlier-conversations.tsx';
import { EarlierVisits } from './earlier-visits.tsx';
import * as Facts from './facts.tsx';
import { Notes } from './notes.tsx';
import { pastVisitsQuery } from './past-visits.ts';

/** A link to somebody who is not listed any more: what history still knows, or that it knows nothing. */
export function NotListed({ id, sites, onClose }: { readonly id: string; readonly sites: readonly Site[]; readonly onClose: () => void }) {
  const past = useQuery(pastVisitsQuery(id));
  const { client } = useLive();
  const [writing, setWriting] = useState(false);
  const last = past.data?.[0];
  const isUnknown = past.data?.length === 0;
  const now = client.time.now();
  return (
    <>
      {last && (
        <div className="panel-who">
          <span className="avatar avatar-lg avatar-visitor">
            <Icon name="user" size="lg" />
            <i className="dot" data-status="inactive" aria-hidden="true" />
          </span>
          <div>
            <p className="panel-nameless">{t.words.visitor}</p>
            <p>
              <Flag country={last.country} named />
              <bdi className="truncate">{placeName(last) || t.visit.facts.unknownPlace}</bdi>
            </p>
          </div>
        </div>
      )}
      <div className="not-listed" data-testid="not-listed">
        <h2>{isUnknown ? t.visit.panel.unknownVisitor : t.visit.panel.notListed}</h2>
        <p>{isUnknown ? t.visit.panel.unknownVisitorText(id) : t.visit.panel.notListedText}</p>
        {last && (
          <p className="hint num">
            {t.visit.panel.lastHere(`${day(last.lastActivityAt, now || last.lastActivityAt)}, ${timeOfDay(last.lastActivityAt)}`)}
          </p>
        )}
        <button className="button" type="button" onClick={onClose}>
          {t.visit.panel.backToList}
        </button>
      </div>
      {!isUnknown && (
        <>
          <EarlierConversations visitor={id} current="" latest="" />
          <EarlierVisits visitor={id} current="" sites={sites} />
          <Notes visitor={id} writing={writing} onWriting={setWriting} />
          <section className="section" aria-label={t.visit.panel.visitor}>
            <dl className="facts">
              <Facts.VisitorId id={id} />
            </dl>
          </section>
        </>
      )}
    </>
  );
}
