import { h } from 'preact';
import type { Question } from './fields.tsx';
import { Form } from './fields.tsx';
import { isClosed } from './panel-state.ts';
import { sayWords } from './speak.ts';
import { change, state } from './state.ts';
import { facts } from './tracker.ts';

/** What the page said of the person stands in the fields already. */
const known = (field: 'name' | 'email'): string => {
  const said = facts['identify'] as { name?: string; email?: string } | undefined;
  return said?.[field] ?? '';
};

/** Before a conversation, only what the site asks for; out of hours, an address for the answer. */
export function FirstForm() {
  const { texts, look, draft } = state;
  const { askName, askEmail, askTeam, teams, mail } = look!;
  const closed = isClosed();
  const questions: Question[] = [];
  if (askName !== 'no')
    questions.push({ id: 'name', label: texts.name, type: 'text', required: askName === 'required', initial: known('name') });
  if (askEmail !== 'no' || closed)
    questions.push({
      id: 'email',
      label: texts.email,
      type: 'email',
      required: askEmail === 'required' || (closed && mail),
      hint: 'name@example.com',
      initial: known('email'),
    });
  if (askTeam && teams[0])
    questions.push({ id: 'team', label: texts.team, type: 'choice', required: false, choices: teams.map(({ name }) => name) });
  questions.push({ id: 'words', label: texts.message, type: 'long', required: true, hint: texts.messageHint, initial: draft });

  const done = ({ name, email, team: chosen, words }: Record<string, string>): void => {
    const team = teams.find((one) => one.name === chosen)?.id;
    const contact = { ...(name ? { name } : {}), ...(email ? { email } : {}) };
    if (sayWords(words!, [], { ...(name || email ? { contact } : {}), ...(team ? { team } : {}) })) change({ draft: '' });
  };
  return (
    <Form
      id="first"
      class="first"
      of={questions}
      footer
      intro={closed ? (mail ? texts.leave : texts.leaveNoMail) : texts.startHint}
      label={closed ? texts.send : texts.start}
      onDone={done}
    />
  );
}
