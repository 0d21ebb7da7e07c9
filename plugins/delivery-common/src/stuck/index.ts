export * from './stuckMessage';
export * from './types';
export * from './whyStuck';
