<?php
// The settings of a WordPress that lives for one run. What is written in capitals between two at
// signs is filled in.
define('DB_NAME', 'wordpress');
define('DB_USER', 'nobody');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:@SOCKET@');
define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', '@ADDRESS@');
define('WP_SITEURL', '@ADDRESS@');
define('WP_HTTP_BLOCK_EXTERNAL', true); // it asks nobody for news
define('DISABLE_WP_CRON', true); // its clock is wound by hand
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define("{$name}_KEY", '@SECRET@');
    define("{$name}_SALT", '@SECRET@');
}
$table_prefix = 'wp_';
if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') {
    $_SERVER['HTTPS'] = 'on';
}
define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
