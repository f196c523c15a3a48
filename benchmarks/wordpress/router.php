<?php
// What a web server does for WordPress: files as they are, all else through its index. Without
// pretty permalinks no web server rewrites, and what is no file is not found.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file($_SERVER['DOCUMENT_ROOT'] . $path)) {
    return false;
}
if ($path !== '/' && is_file($_SERVER['DOCUMENT_ROOT'] . '/.plain')) {
    http_response_code(404);
    header('Content-Type: text/html');
    echo '<!DOCTYPE html><html><body><h1>Not Found</h1></body></html>';
    return true;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
