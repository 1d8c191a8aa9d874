import { t } from '../messages/catalogue.ts';

/** Why the list has no rows, and what to do. */
export function ListEmpty({
  kind,
  onClear,
}: {
  readonly kind: 'waiting' | 'nobody' | 'filter' | 'place' | 'left-out';
  readonly onClear: () => void;
}) {
  const { empty } = t.visitors;
  if (kind === 'waiting')
    return (
      <>
        <div className="ghost-rows" aria-hidden="true">
          {[62, 48, 70, 54].map((width) => (
            <span key={width}>
              <i className="skeleton" style={{ inlineSize: `${width / 2}%` }} />
              <i className="skeleton" style={{ inlineSize: `${width}%` }} />
            </span>
          ))}
        </div>
        <p className="hint">{empty.appearHere}</p>
      </>
    );
  const [title, text] = {
    nobody: [empty.nobody, empty.nobodyText],
    filter: [empty.noMatch, empty.noMatchText],
    place: [empty.emptyPlace, empty.emptyPlaceText],
    'left-out': [empty.noneLeftOut, empty.noneLeftOutText],
  }[kind];
  return (
    <>
      <h2>{title}</h2>
      <p>{text}</p>
      {kind === 'filter' && (
        <button className="button" type="button" onClick={onClear}>
          {empty.clear}
        </button>
      )}
    </>
  );
}
