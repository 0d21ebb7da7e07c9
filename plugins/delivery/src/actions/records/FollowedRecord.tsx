import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { RelativeTime } from '../../components/time';
import { deliveryTranslationRef } from '../../translation';
import { useNoticeStyles } from '../noticeStyles';
import { RecordResult } from './RecordResult';
import { isOver } from './states';
import { useRecord } from './useRecord';

/**
 * What became of an action, found again by its id whenever the entity's actions are
 * read. While they can't be read, it says so and shows the last known state.
 *
 * @internal
 */
export function FollowedRecord(props: {
  entityRef: CompoundEntityRef;
  /** As the backend returned it when it was started. */
  record: ActionRecord;
}) {
  const { entityRef, record: started } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useNoticeStyles();
  const { record, error, readAt } = useRecord(entityRef, started);
  return (
    <div role="status">
      <RecordResult entityRef={entityRef} record={record} />
      {error && !isOver(record.state) && (
        <Typography
          variant="body2"
          className={`${classes.root} ${classes.warning}`}
        >
          {t('action.progress.unread')}{' '}
          <RelativeTime at={readAt ?? record.changedAt} />
        </Typography>
      )}
    </div>
  );
}
