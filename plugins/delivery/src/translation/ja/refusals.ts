/** Why actions aren't possible, and what to do. @internal */
export const refusals = {
  'message.action.disabled': 'このポータルでは操作が無効になっています',
  'message.action.permission-missing':
    'このエンティティに対する権限 {{permission}} がありません',
  'message.action.not-proven':
    'このアプリケーションがこのエンティティのものであることが証明されていません',
  'message.action.changed':
    'このページが表示された後にアプリケーションが変更されました',
  'message.action.deleting': 'Argo CD がアプリケーションを削除しています',
  'message.action.operation-running': 'アプリケーションの操作が実行中です',
  'message.action.no-operation': '実行中のアプリケーションの操作はありません',
  'message.action.automated-sync':
    'Argo CD は自動同期しているアプリケーションをロールバックしません',
  'message.action.history-empty':
    'アプリケーションには以前のデプロイがありません',
  'message.action.history-missing':
    'デプロイ {{historyId}} はアプリケーションの履歴にもうありません',
  'message.action.no-rollout': 'アプリケーションには Rollout がありません',
  'message.action.in-progress':
    '{{user}} がこのアプリケーションの操作を開始したところです',
  'message.action.approval-pending': '{{user}} がすでに依頼しています',

  'message.remedy.disabled':
    '設定で delivery.actions.enabled を指定してください',
  'message.remedy.permission-missing':
    'エンティティのオーナーまたはポータルの管理者に依頼してください',
  'message.remedy.not-proven':
    'アプリケーションにアノテーション {{mark}} を付けるか、delivery.access.projects で AppProject をオーナーに割り当ててください',
  'message.remedy.changed': '現在の状態を確認してから、もう一度試してください',
  'message.remedy.deleting': 'これ以上の操作はできません',
  'message.remedy.operation-running': '終了するまで待つか、中止してください',
  'message.remedy.no-operation': 'すでに終了しています',
  'message.remedy.automated-sync': '代わりに Git でバージョンを戻してください',
  'message.remedy.history-empty': '次の同期の後にロールバックできます',
  'message.remedy.history-missing': '別のデプロイを選択してください',
  'message.remedy.no-rollout':
    '進めたり中断したりできるのは Argo Rollouts の Rollout だけです',
  'message.remedy.in-progress': '結果を待ってください',
  'message.remedy.approval-pending': '承認待ちです',
} as const;
