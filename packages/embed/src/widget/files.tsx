/** Files of messages, sent and received (a chunk). */
import css from './files.css';
import { adopt } from './stage.ts';

export { Files, OwnFiles } from './attachments.tsx';
export { UploadList } from './upload-list.tsx';
export { attach } from './uploads.ts';

adopt(css);
