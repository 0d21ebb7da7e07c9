export { ActionNotes } from './ActionNotes';
export { ActionsProvider } from './ActionsProvider';
export { HistoryAction, ResourceActions } from './buttons';
export { ApplicationMenu } from './menu/ApplicationMenu';
export { RecordRow } from './records/RecordRow';
export { useTimelineActions } from './useLatestActions';
export { BulkDialog } from './bulk/BulkDialog';
export type { BulkService } from './bulk/targets';
export { useCanAct } from './actionsContext';
