fn main() {
    anxin_web::start_wallet();
}
