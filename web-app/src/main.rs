fn main() {
    anxin_web::start();
}
