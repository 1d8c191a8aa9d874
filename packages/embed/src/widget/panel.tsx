import { h } from 'preact';
import { draw } from './bubble.tsx';
import { files, forms } from './chunks.ts';
import { attachFiles, Composer } from './composer.tsx';
import { closesOnEscape, focusOnOpen } from './focus.ts';
import { Header } from './header.tsx';
import { Home } from './home.tsx';
import { CUT, Icon } from './icon.tsx';
import { Log } from './log.tsx';
import { state } from './state.ts';
import { wake } from './tracker.ts';

/** Files may be dropped anywhere on it. */
export function Panel() {
  const { view, texts, conversation, look, isCut, you } = state;
  const canAttach = view === 'talk' && look!.attachments;
  const isOver = (event: DragEvent, over: boolean): void => {
    if (!canAttach || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    files();
    (event.currentTarget as HTMLElement).classList.toggle('over', over);
  };
  return (
    <div
      class="panel"
      role="dialog"
      tabIndex={-1}
      data-drop={texts.drop}
      aria-label={conversation?.owner?.name ? `${texts.chat}: ${conversation.owner.name}` : texts.chat}
      ref={focusOnOpen}
      onKeyDown={closesOnEscape}
      onDragOver={(event: DragEvent) => isOver(event, true)}
      onDragLeave={(event: DragEvent) => isOver(event, false)}
      onDrop={(event: DragEvent) => {
        isOver(event, false);
        if (canAttach) attachFiles([...event.dataTransfer!.files]);
      }}
    >
      {view !== 'home' && <Header />}
      {isCut && (
        <div class="banner bad" role="status">
          <Icon d={CUT} />
          <p>{texts.offline}</p>
          <button class="do" type="button" onClick={wake}>
            {texts.tryNow}
          </button>
        </div>
      )}
      {view === 'home' ? <Home /> : view === 'first' ? draw(forms(), ({ FirstForm }) => <FirstForm />) : <Log />}
      {view === 'talk' && <Composer />}
      {view === 'talk' && you?.preview && <p class="small">{texts.previewed}</p>}
    </div>
  );
}
