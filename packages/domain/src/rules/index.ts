export * from './filter.ts';
export * from './filter-match.ts';
export * from './fold.ts';
export { countryNames, isCountryCode, languageNames } from './names.ts';
