import type { ActionDialogRequest } from '../actionsContext';
import { SyncDialog } from './SyncDialog';

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
    default:
      return null;
  }
}
