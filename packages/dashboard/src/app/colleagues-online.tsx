import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LiveDetail } from '../live/console-client.ts';
import { t } from '../messages/catalogue.ts';
import { listAnd } from '../messages/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu } from '../ui/menu.tsx';
import { visitorName } from '../words/names.ts';
import { useColleagues, useLive } from './live.ts';
import { namedOf } from './named-of.ts';
import { useMe } from './session.ts';

/** More would push the search away. */
const AVATARS = 4;
/** As long as every tooltip waits (--delay-tooltip). */
const HINT_AFTER_MS = 350;

interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly looking: readonly string[];
}

/** Who else of the team has Foyer open. The menu says who looks at whom, and leads there. */
export function ColleaguesOnline() {
  const me = useMe();
  const navigate = useNavigate();
  const all = useColleagues();
  const others: readonly Colleague[] = [...all]
    .filter(([id]) => id !== me.user.id)
    .map(([id, colleague]) => ({ id, ...colleague }))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  if (others.length === 0) return null;
  const named = namedOf(others);
  const shown = others.length > AVATARS ? others.slice(0, AVATARS) : others;
  const label = t.shell.online(listAnd(others.map((one) => one.name)));
  return (
    <Hinted
      hint={others.map((one) => (
        <Line key={one.id} colleague={one} named={named.get(one.id) ?? []} />
      ))}
    >
      <Menu
        align="end"
        buttonClass="team"
        buttonLabel={label}
        testId="colleagues"
        button={
          <>
            {shown.map((one) => (
              <span key={one.id} className="team-one" aria-hidden="true">
                <Avatar name={one.name} />
                {one.looking.length > 0 && <i className="dot" data-status="active" />}
              </span>
            ))}
            {others.length > shown.length && (
              <span className="avatar avatar-visitor" aria-hidden="true">
                {t.shell.moreColleagues(others.length - shown.length)}
              </span>
            )}
          </>
        }
        groups={[
          {
            label: t.shell.colleagues,
            items: others.map((one) => ({
              id: one.id,
              label: <Line colleague={one} named={named.get(one.id) ?? []} />,
              onSelect: () => {
                const [visitor] = one.looking;
                if (visitor) void navigate({ to: '/visitors', search: { visitor } });
              },
            })),
          },
        ]}
      />
    </Hinted>
  );
}

/** `hint` under the pointer, until it leaves or presses: a press opens the menu, which says the same and can be used. */
function Hinted({ hint, children }: { readonly hint: ReactNode; readonly children: ReactNode }) {
  const [shown, setShown] = useState(false);
  const timer = useRef(0);
  const leave = (): void => {
    clearTimeout(timer.current);
    setShown(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div
      className="team-root"
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') timer.current = window.setTimeout(() => setShown(true), HINT_AFTER_MS);
      }}
      onPointerLeave={leave}
      onPointerDown={leave}
    >
      {children}
      {shown && (
        <div className="team-hint floating" aria-hidden="true" data-testid="colleagues-hint">
          {hint}
        </div>
      )}
    </div>
  );
}

function Line({ colleague, named }: { readonly colleague: Colleague; readonly named: readonly string[] }) {
  const names = useVisitorNames(named);
  const { looking } = colleague;
  const looksAt = names.length > 0 ? listAnd(names) : t.visitors.place.visitors(looking.length);
  return (
    <span className="colleague">
      <Avatar name={colleague.name} />
      <span className="colleague-words">
        <b className="truncate">{colleague.name}</b>
        <small className="truncate">{looking.length > 0 ? t.shell.looksAt(looksAt) : t.shell.looksElsewhere}</small>
      </span>
    </span>
  );
}

/** Names of visitors by id, as long as they are listed. Follows them only while the menu is open, and tells nobody. */
function useVisitorNames(ids: readonly string[]): readonly string[] {
  const { client } = useLive();
  const key = ids.join(' ');
  const [followed, setFollowed] = useState<readonly LiveDetail[]>([]);
  useEffect(() => {
    const details = key === '' ? [] : key.split(' ').map((id) => client.follow(id));
    setFollowed(details);
    return () => {
      for (const detail of details) detail.close();
    };
  }, [client, key]);
  const names = useSyncExternalStore(
    (changed) => {
      const undo = followed.map((detail) => detail.subscribe(changed));
      return () => {
        for (const end of undo) end();
      };
    },
    // A string, so that an answer that changes no name renders nothing.
    () => JSON.stringify(followed.flatMap((detail) => detail.get() ?? []).map(visitorName)),
  );
  return JSON.parse(names) as string[];
}
