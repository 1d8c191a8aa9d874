import { t } from '../../messages/catalogue.ts';
import { listAnd } from '../../messages/format.ts';
import type { Looker, VisitorTypes } from '../../chat/chat-types.ts';
import { firstName, type People } from '../people.ts';

/** What happens right now, directly over the composer: it never scrolls away with the transcript. */
export function TypingDock({
  name,
  typing,
  lookers,
  people,
}: {
  readonly name: string;
  readonly typing: VisitorTypes | null;
  readonly lookers: readonly Looker[];
  readonly people: People;
}) {
  const writing = lookers.filter((one) => one.typing).map((one) => people.short(one.id));
  return (
    <>
      {typing && (
        <p className="typing-preview" data-testid="visitor-typing">
          <Dots />
          {/* The preview changes with each key, which nobody wants to have read out. */}
          <b role="status">{t.composer.dock.typing(firstName(name))}</b>
          {typing.text !== '' && (
            <q dir="auto" data-testid="typing-preview">
              {lastOf(typing.text)}
            </q>
          )}
        </p>
      )}
      {writing.length > 0 && (
        <p className="typing-preview" role="status" data-testid="colleague-typing">
          <Dots />
          {t.composer.dock.writing(listAnd(writing), writing.length)}
        </p>
      )}
    </>
  );
}

const Dots = () => (
  <span className="typing-dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </span>
);

/** Of a long text its end, where it is being written. */
const SHOWN = 160;
const lastOf = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= SHOWN ? line : `…${line.slice(-SHOWN)}`;
};
