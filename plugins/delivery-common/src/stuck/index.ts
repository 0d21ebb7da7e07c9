export * from './types';
export * from './whyStuck';
