/** What the benchmark of the rules needs of the package, in one bundle. */
export { rulesFrom } from '../../nodes/WhatsAppCloud/contacts/panel/rulesSchema';
export { parseAccount } from '../../nodes/WhatsAppCloud/graph/account';
export { createDeliverNow } from '../../nodes/WhatsAppCloud/sending/deliverNow';
export { createContactGuard } from '../../nodes/WhatsAppCloud/sending/guard/contactGuard';
export { createOwnEntries } from '../../nodes/WhatsAppCloud/sending/ownEntries';
export { deliverySchema } from '../../nodes/WhatsAppCloud/sending/settings/deliveryFields';
export { openStore } from '../../nodes/WhatsAppCloud/store/open';
export { systemClock } from '../../nodes/WhatsAppCloud/time/system/systemClock';
export { forEachConcurrently } from '../../nodes/WhatsAppCloud/concurrency/pool';
