export { ArgoCd } from './ArgoCd';
