export { ActionNotes } from './ActionNotes';
export { ActionsProvider } from './ActionsProvider';
export { useActions } from './actionsContext';
export { ApplicationMenu } from './menu/ApplicationMenu';
