<?php
// Installs WordPress without a browser and prints its version and the application passwords of
// one account of each kind, as JSON.
define('WP_INSTALLING', true);
function wp_new_blog_notification(...$told) {} // in place of WordPress's own, which sends a mail
require 'wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Harbour Coffee', 'admin', 'admin@example.com', true, '', wp_generate_password());
update_option('permalink_structure', '/%postname%/');
update_option('blogdescription', '');
delete_option('rewrite_rules');
foreach (get_posts(['post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1]) as $post) {
    wp_delete_post($post->ID, true); // what a new WordPress greets with
}
$passwords = [];
foreach (['admin' => 'administrator', 'author' => 'author', 'contributor' => 'contributor',
          'subscriber' => 'subscriber'] as $name => $role) {
    $user = get_user_by('login', $name);
    $id = $user ? $user->ID : wp_insert_user(['user_login' => $name, 'role' => $role,
        'user_pass' => wp_generate_password(), 'user_email' => "$name@example.com"]);
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'Test']);
    $passwords[$name] = WP_Application_Passwords::chunk_password($password);
}
echo json_encode(['version' => get_bloginfo('version'), 'passwords' => $passwords]);
