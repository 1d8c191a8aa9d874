export { CannedSettings } from './canned-settings.tsx';
export { ConversationsSettings } from './conversations-settings.tsx';
export { HoursSettings } from './hours-settings.tsx';
export { MailSettings } from './mail-settings.tsx';
export { TeamsSettings } from './teams-settings.tsx';
