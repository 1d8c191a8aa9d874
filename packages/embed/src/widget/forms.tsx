/** Everything that is filled in, clicked or waited for (a chunk): before a chat, in a message, after it. */
import css from './forms.css';
import { adopt } from './stage.ts';

export { Buttons } from './buttons.tsx';
export { cutField } from './cut-field.ts';
export { Failed } from './failed.tsx';
export { FirstForm } from './first-form.tsx';
export { Menu } from './menu.tsx';
export { MessageForm } from './message-form.tsx';
export { QueuePlace } from './queue-place.tsx';
export { Sources } from './sources.tsx';
export { Steps } from './steps.tsx';

adopt(css);
