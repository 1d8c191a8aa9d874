import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/parts.css';
import { loadCatalogue } from './messages/catalogue.ts';
import { currentLanguage } from './messages/language.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const language = currentLanguage();
document.documentElement.lang = language;
// Beside each other, not after: the texts are one more file of the first load, not one more round trip.
const [{ start }] = await Promise.all([import('./start.tsx'), loadCatalogue(language)]);
start(root);
