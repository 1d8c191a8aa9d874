import { useEntry } from '../chat/use-chat.ts';
import { useTick } from '../app/live.ts';
import { isMac } from '../app/shortcuts.ts';
import { useRef } from 'react';
import { t } from '../messages/catalogue.ts';
import { waitWord } from '../visitors/age.ts';
import { entryName } from './people.ts';
import { KEY_CAPS } from './use-inbox-keys.ts';
import { useVisitOf } from './visits.tsx';

/** Where a conversation would be: who waits longest, and the way there. */
export function NothingChosen({
  waiting,
  longest,
  onNext,
}: {
  readonly waiting: number;
  /** Conversation id of who waits longest; '': not in this list. */
  readonly longest: string;
  readonly onNext: () => void;
}) {
  const w = t.inbox.chosen;
  return (
    <section className="conversation conversation-empty" aria-labelledby="nothing-chosen" data-testid="nothing-chosen">
      <div className="empty">
        <svg className="empty-art" viewBox="0 0 120 88" aria-hidden="true">
          <path
            className="art-back"
            d="M34 20h52a10 10 0 0 1 10 10v24a10 10 0 0 1-10 10H60L46 76V64H34a10 10 0 0 1-10-10V30a10 10 0 0 1 10-10Z"
          />
          <path className="art-front" d="M52 8h48a8 8 0 0 1 8 8v20a8 8 0 0 1-8 8h-4v10L84 44H52a8 8 0 0 1-8-8V16a8 8 0 0 1 8-8Z" />
          <path className="art-line" d="M54 20h34M54 30h22" />
        </svg>
        <h2 id="nothing-chosen">{waiting > 0 ? w.waiting(waiting) : w.none}</h2>
        {longest !== '' ? <Longest id={longest} /> : waiting === 0 && <p>{w.noneText}</p>}
        {waiting > 0 && (
          <button type="button" className="button button-primary" data-testid="answer-next" onClick={onNext}>
            {longest === '' ? (
              w.show
            ) : (
              <>
                {w.next}
                <kbd>{KEY_CAPS.next}</kbd>
              </>
            )}
          </button>
        )}
        <dl className="inbox-keys only-wide">
          {(
            [
              [w.move, ['J', 'K']],
              [w.reply, ['R']],
              [w.resolve, ['E']],
              [w.everything, isMac() ? ['⌘', 'K'] : [t.shell.caps.palette]],
            ] as const
          ).map(([does, keys]) => (
            <div key={does}>
              <dt>{does}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

function Longest({ id }: { readonly id: string }) {
  const entry = useEntry(id);
  const visit = useVisitOf(entry?.conversation.visitor ?? '');
  const wait = useRef<HTMLElement>(null);
  const since = entry?.conversation.waitingSince ?? 0;
  useTick((now) => {
    if (wait.current && since > 0) wait.current.textContent = waitWord(since, now);
  });
  if (!entry || since === 0) return null;
  return (
    <p>
      {t.inbox.chosen.longest(entryName(entry, visit))} <b className="num" ref={wait} />
    </p>
  );
}
