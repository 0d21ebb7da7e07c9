import type { ActionDialogRequest } from '../actionsContext';
import { VersionChangeDialog } from '../versions/VersionChangeDialog';
import { RollbackDialog } from './RollbackDialog';
import { RolloutDialog } from './RolloutDialog';
import { SyncDialog } from './SyncDialog';
import { TerminateDialog } from './TerminateDialog';

/** The dialog that is open. @internal */
export function ActionDialogs(props: {
  request: ActionDialogRequest;
  onClose(): void;
}) {
  const { request, onClose } = props;
  const { target } = request;
  switch (request.kind) {
    case 'sync':
      return <SyncDialog target={target} onClose={onClose} />;
    case 'terminate':
      return <TerminateDialog target={target} onClose={onClose} />;
    case 'rollback':
      return (
        <RollbackDialog
          target={target}
          historyId={request.historyId}
          onClose={onClose}
        />
      );
    case 'rollout':
      return <RolloutDialog target={target} onClose={onClose} />;
    default:
      return (
        <VersionChangeDialog
          action={request.kind}
          target={target}
          onClose={onClose}
        />
      );
  }
}
