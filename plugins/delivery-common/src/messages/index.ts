export { englishMessages } from './english';
export * from './format';
export * from './types';
