/** Before each test file: the texts, as the page loads them before its first render. */
import { loadCatalogue } from '../src/messages/catalogue.ts';

await loadCatalogue('en');
