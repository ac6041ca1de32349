//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// nginxConf serves files as fast as nginx can: no log, open files kept, sent
// by the kernel, connections kept alive without an end.
const nginxConf = `%sdaemon off;
worker_processes %d;
pid %[3]s/nginx.pid;
error_log %[3]s/error.log;
events { worker_connections 1024; multi_accept on; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100 inactive=1h;
  open_file_cache_valid 1h;
  gzip_static on;
  gzip_vary on;
  types { text/html html; }
  client_body_temp_path %[3]s/t1; proxy_temp_path %[3]s/t2; fastcgi_temp_path %[3]s/t3;
  uwsgi_temp_path %[3]s/t4; scgi_temp_path %[3]s/t5;
  server { listen %[4]s; root %[3]s/www; }
}
`

// nginx starts Debian's nginx with a page and, if not nil, the same page
// compressed, with as many workers as there are cores. It tells the time to its first answer.
func (b *bench) nginx(ctx context.Context, page, gzipped []byte) (p *process, address string, first time.Duration, err error) {
	program, err := need("nginx", "nginx-light")
	if err != nil {
		return nil, "", 0, err
	}
	dir, err := os.MkdirTemp(b.dir, "nginx-")
	if err != nil {
		return nil, "", 0, err
	}
	if err := os.Mkdir(filepath.Join(dir, "www"), 0o750); err != nil {
		return nil, "", 0, err
	}
	addr, err := loopback()
	if err != nil {
		return nil, "", 0, err
	}
	user := "" // workers of a master that is root would not see a private folder
	if os.Getuid() == 0 {
		user = "user root;\n"
	}
	conf := filepath.Join(dir, "nginx.conf")
	files := map[string][]byte{
		conf: fmt.Appendf(nil, nginxConf, user, runtime.NumCPU(), dir, addr),
		filepath.Join(dir, "www", "article.html"): page,
	}
	if gzipped != nil {
		files[filepath.Join(dir, "www", "article.html.gz")] = gzipped
	}
	for path, content := range files {
		if err := os.WriteFile(path, content, 0o640); err != nil {
			return nil, "", 0, err
		}
	}
	p, err = b.launch(ctx, "nginx", program, "-p", dir, "-e", filepath.Join(dir, "error.log"), "-c", conf)
	if err != nil {
		return nil, "", 0, err
	}
	address = "http://" + addr + "/article.html"
	if first, err = p.answers(address, 20*time.Second); err != nil {
		p.stop()
		return nil, "", 0, err
	}
	return p, address, first, nil
}
