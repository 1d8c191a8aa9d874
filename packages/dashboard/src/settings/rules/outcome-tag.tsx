import type { RuleOutcome } from '@foyer/protocol';
import { t } from '../../messages/catalogue.ts';

/** What a rule says of a page: in the colour of its badge, and in words. */
export function OutcomeTag({ outcome }: { readonly outcome: RuleOutcome }) {
  return (
    <span className="tag outcome" data-context={outcome}>
      {t.rules.outcomes[outcome]}
    </span>
  );
}
