import { leftOutParts, type LeftOutReason, type Seen } from '@foyer/protocol';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { leftOutWord } from '../../words/names.ts';

type Kind = 'nothing' | 'leftOut' | 'limited' | 'counted';
const STATUS = { nothing: 'inactive', leftOut: 'unassigned', limited: 'active', counted: 'active' } as const;

/** In one sentence: would this browser count, and if not, why. */
export function Outcome({ seen }: { readonly seen: Seen }) {
  const { settings } = useMe();
  const { verdict, signals } = seen;
  const kind: Kind =
    signals.collect === 'nothing' ? 'nothing' : verdict.filtered !== '' ? 'leftOut' : signals.collect === 'limited' ? 'limited' : 'counted';
  const text = {
    nothing: settings.tracking ? t.seen.signalHonoured : t.seen.trackingOff,
    leftOut: t.seen.leftOutText,
    limited: t.seen.limitedText,
    counted: t.seen.countedText,
  }[kind];
  return (
    <section
      className="card seen-outcome"
      aria-label={t.seen.outcome}
      data-status={STATUS[kind]}
      data-testid="seen-outcome"
      data-outcome={kind}
    >
      <span className="tracking-mark">
        <Icon name={kind === 'counted' || kind === 'limited' ? 'eye' : 'eyeoff'} size="lg" />
      </span>
      <div>
        <h2>{t.seen[kind]}</h2>
        <p>{text}</p>
        <Reasons list={verdict.reasons} label={t.seen.why} />
        {verdict.tolerated.length > 0 && <p className="seen-tolerated">{t.seen.tolerated}</p>}
        <Reasons list={verdict.tolerated} label={t.seen.tolerated} />
      </div>
    </section>
  );
}

function Reasons({ list, label }: { readonly list: readonly LeftOutReason[]; readonly label: string }) {
  if (list.length === 0) return null;
  return (
    <ul className="seen-reasons" aria-label={label}>
      {list.map((reason) => (
        <li key={reason.rule} data-testid="seen-reason" data-rule={reason.rule}>
          <b>{leftOutWord(reason.text)}</b> <span>{explained(reason.text)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What a reason means and where it can be changed; '' for one that this page does not know. */
function explained(text: string): string {
  const parts = leftOutParts(text);
  return parts ? t.seen.reasons[parts.kind] : '';
}
