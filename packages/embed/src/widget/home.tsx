import { Fragment, h } from 'preact';
import { Face, Faces } from './face.tsx';
import { teamLine } from './header.tsx';
import { BUBBLE, DOWN, NEXT, Icon } from './icon.tsx';
import { begin, close, show } from './panel-state.ts';
import { shown, state } from './state.ts';
import { time } from './times.ts';

/** The greeting: what goes on first, then quick questions, then a new conversation. */
export function Home() {
  const { texts, look, conversation } = state;
  const latest = shown(state).findLast(({ body }) => 'text' in body && body.text);
  const { greetingTitle, greeting, questions, faces, teamName } = look!;
  const who = conversation?.owner ?? latest?.from;
  return (
    <Fragment>
      <header class="hero">
        <div class="row">
          <Faces of={faces.slice(0, 3)} />
          <button class="tool" type="button" aria-label={texts.close} onClick={close}>
            <Icon d={DOWN} />
          </button>
        </div>
        <h2>{greetingTitle || texts.hello}</h2>
        <p>{greeting || teamLine()}</p>
      </header>
      <div class="home">
        {latest && 'text' in latest.body && (
          <div class="box">
            <h3>{texts.yours}</h3>
            <button class="resume" type="button" onClick={() => show('talk')}>
              <Face of={who?.name ? who : { name: teamName, face: '' }} />
              <b>{who?.name || teamName || texts.chat}</b>
              <time>{time(latest.at)}</time>
              <span>{latest.body.text}</span>
            </button>
          </div>
        )}
        {questions[0] && (
          <div class="box">
            <h3>{texts.questions}</h3>
            <ul>
              {questions.map((question) => (
                <li key={question}>
                  <button class="ask" type="button" onClick={() => begin(question, true)}>
                    {question}
                    <Icon d={NEXT} flip />
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <div class="end">
        <button class="act" type="button" onClick={() => begin()}>
          <Icon d={BUBBLE} />
          {conversation && conversation.status !== 'resolved' ? texts.write : texts.begin}
        </button>
      </div>
    </Fragment>
  );
}
