import { t } from '../messages/catalogue.ts';
import { Rich } from '../ui/rich.tsx';

/** Short answers to what an installation usually asks. */
export function Guidance() {
  const g = t.settings.guidance;
  const answers = [
    [g.spa, g.spaText],
    [g.csp, g.cspText],
    [g.consent, g.consentText],
    [g.manual, g.manualText],
  ] as const;
  return (
    <section className="setting-group">
      <h2>{g.title}</h2>
      <div className="card guidance">
        {answers.map(([question, answer]) => (
          <details key={question}>
            <summary>{question}</summary>
            <p>
              <Rich text={answer} />
            </p>
          </details>
        ))}
      </div>
    </section>
  );
}
