/** Entry of the bundle. The files that package.json's `n8n` key names re-export from it. */
export { WhatsAppCloudApi } from './credentials/WhatsAppCloudApi.credentials';
export { WhatsAppCloud } from './nodes/WhatsAppCloud/WhatsAppCloud.node';
export { WhatsAppCloudMemory } from './nodes/WhatsAppCloud/WhatsAppCloudMemory.node';
export { WhatsAppCloudTrigger } from './nodes/WhatsAppCloud/WhatsAppCloudTrigger.node';
