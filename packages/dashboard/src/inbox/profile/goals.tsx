import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { useGoalWords } from '../../visitors/use-goal-words.ts';
import { goalValue } from '../../words/goals.ts';
import { moment } from './person-facts.tsx';
import type { KnownProfile } from './use-profile.ts';

/** What this visitor has reached; nothing when there is nothing. */
export function Goals({ site, known: { goals } }: { readonly site: string; readonly known: KnownProfile }) {
  const wordOf = useGoalWords(
    site,
    goals.map(({ goal }) => goal),
  );
  if (goals.length === 0) return null;
  return (
    <section className="profile-section" aria-labelledby="profile-goals">
      <h3 id="profile-goals">{t.profile.goals}</h3>
      <ul className="profile-goals" data-testid="profile-goals">
        {goals.map((reached) => (
          <li key={reached.goal} data-goal={reached.goal}>
            <Icon name="goal" size="sm" />
            <bdi className="truncate">{wordOf(reached.goal)}</bdi>
            <span className="num">{goalValue(reached)}</span>
            <TickText className="muted num" text={(now) => moment(reached.at, now)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
