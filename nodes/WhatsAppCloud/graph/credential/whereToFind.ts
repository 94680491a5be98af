/** Where Meta shows what the credential asks for, by the credential's labels. */
export const whereToFind = {
	'Access Token': 'Meta Business Settings → Users → System users → Generate token',
	'App ID': 'App Dashboard → App settings → Basic → App ID',
	'App Secret': 'App Dashboard → App settings → Basic → App secret',
	'Default Phone Number ID': 'App Dashboard → WhatsApp → API Setup → Phone number ID',
	'WhatsApp Business Account ID':
		'App Dashboard → WhatsApp → API Setup → WhatsApp Business Account ID',
} as const;
