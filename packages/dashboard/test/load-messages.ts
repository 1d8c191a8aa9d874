/** Before each test file: the texts, as pages load them before they are drawn. */
import { LATER_AREAS, loadCatalogue, loadTexts } from '../src/messages/catalogue.ts';

await loadCatalogue('en');
await loadTexts(LATER_AREAS);
