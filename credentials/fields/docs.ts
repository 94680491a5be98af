/** Where the pages of this version are. */
export const docs =
	'https://github.com/n8n-nodes-whatsapp-cloud/n8n-nodes-whatsapp-cloud/blob/main/docs';
