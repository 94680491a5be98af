/** What the types of this package's nodes begin with. */
export const ownPrefix = 'n8n-nodes-whatsapp-cloud.';

/** What the types of n8n's own nodes begin with. */
export const builtInPrefix = 'n8n-nodes-base.';

export const ownTriggerType = `${ownPrefix}whatsAppCloudTrigger`;
export const httpRequestType = `${builtInPrefix}httpRequest`;
export const webhookType = `${builtInPrefix}webhook`;
export const responderType = `${builtInPrefix}respondToWebhook`;
export const setType = `${builtInPrefix}set`;
export const codeType = `${builtInPrefix}code`;
